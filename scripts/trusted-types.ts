import type { Plugin } from 'vite';

const call = /(\w+)\.createPolicy\("lit-html",(\{createHTML:\w+=>\w+\})\)/;

/**
 * lit-html creates its Trusted Types policy while it loads, and a page whose `trusted-types` list
 * lacks `lit-html`, or that has a second copy of it, makes that throw: the whole bundle would die.
 * This step lets copies share one policy under a symbol and goes on without one where it is
 * refused; the elements then show their fallback content. It fails the build when lit-html no
 * longer has the call, because silence would bring the crash back.
 */
export function shareTrustedTypesPolicy(): Plugin {
  let wrapped = 0;
  return {
    name: 'inlay:trusted-types',
    buildStart() {
      wrapped = 0;
    },
    transform: {
      filter: { id: /lit-html\/(?:development\/)?lit-html\.js$/ },
      handler(code) {
        if (!call.test(code)) return null;
        wrapped += 1;
        return { code: wrapPolicyCall(code), map: null };
      },
    },
    buildEnd(error) {
      if (error || wrapped === 1) return;
      this.error(
        `lit-html's createPolicy call was found ${wrapped} times, expected once. ` +
          'Adapt the pattern in scripts/trusted-types.ts to the new lit-html, or remove the second copy.',
      );
    },
  };
}

function wrapPolicyCall(code: string): string {
  return code.replace(
    call,
    '(()=>{const k=Symbol.for("inlay.lit-html-policy");' +
      'try{return globalThis[k]??=$1.createPolicy("lit-html",$2)}catch{}})()',
  );
}
