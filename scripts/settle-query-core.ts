import ts from 'typescript';
import type { Plugin } from 'vite';
import { edit, parse, type Edit } from './source.js';

/**
 * Expressions of query-core that have one and the same value in the scripts, by module: they run
 * in browsers, and no query of theirs polls, waits for another promise, pages backwards, is
 * restored, is skipped by a token or fresh for ever, selects, has defaults by key, options that
 * are functions of it, or tracks its readers.
 */
const settled: Record<string, Record<string, string>> = {
  infiniteQueryBehavior: {
    'previous ? "backward" : "forward"': '"forward"',
    'previous ? addToStart : addToEnd': 'addToEnd',
    'previous ? getPreviousPageParam : getNextPageParam': 'getNextPageParam',
    'direction === "backward"': 'false',
  },
  infiniteQueryObserver: {
    'fetchDirection === "backward"': 'false',
  },
  query: {
    'this.options.queryFn === skipToken': 'false',
    'resolveQueryValue(observer.options.staleTime, this) === "static"': 'false',
    'staleTime === "static"': 'false',
    'this.options.pages': 'undefined',
  },
  queryClient: {
    'this.getQueryDefaults(options.queryKey)': '{}',
    'options?.mutationKey && this.getMutationDefaults(options.mutationKey)': '{}',
    'defaultedOptions.throwOnError === void 0': 'false',
    'defaultedOptions.queryFn === skipToken': 'false',
    '!query.isStatic()': 'true',
  },
  queryObserver: {
    'isServer()': 'false',
    'this.options.enabled !== void 0': 'false',
    'query !== prevQuery ? query.state : this.#currentQueryInitialState': 'undefined',
    'this.#computeRefetchInterval()': 'false',
    'this.#clearRefetchInterval()': 'undefined',
    'nextRefetchInterval !== this.#currentRefetchInterval': 'false',
    'this.#updateRefetchInterval(nextRefetchInterval)': 'undefined',
    'this.#updateRefetchInterval(this.#computeRefetchInterval())': 'undefined',
    'options._optimisticResults === "isRestoring"': 'false',
    'resolveQueryValue(options.retryOnMount, query) === false': 'false',
    'resolveQueryValue(options.staleTime, query) !== "static"': 'true',
    'notifyOnChangePropsValue === "all"': 'true',
    'typeof options.placeholderData === "function"': 'true',
    'typeof notifyOnChangeProps === "function"': 'false',
    'options.select && data !== void 0 && !skipSelect': 'false',
    'this.#selectError = null': 'null',
    'this.#selectError = selectError': 'null',
    'this.#selectError': 'null',
  },
  removable: { 'isServer()': 'false' },
  retryer: {
    'isServer()': 'false',
    'config.networkMode === "always"': 'false',
    'typeof retryDelay === "function"': 'true',
  },
  utils: {
    'options.queryFn === skipToken': 'false',
    'typeof stale === "boolean"': 'false',
    'typeof value === "function"': 'false',
  },
};

/** Puts those values in, so that what hangs on them can go. Fails the build where one has no place any more. */
export function settleQueryCore(): Plugin {
  return {
    name: 'inlay:settle-query-core',
    enforce: 'pre',
    transform: {
      filter: { id: /@tanstack\/query-core\/build\/modern\/\w+\.js$/ },
      handler(code, id) {
        const values = settled[/(\w+)\.js$/.exec(id)![1]!];
        if (!values) return undefined;
        const { text, missing } = settle(code, values);
        if (missing.length > 0) this.error(`${id} no longer has ${missing.join(', ')}.`);
        return { code: text, map: null };
      },
    },
  };
}

/** The code with each of the expressions replaced, and those that it does not have. */
export function settle(code: string, values: Record<string, string>) {
  const edits: Edit[] = [];
  const missing = new Set(Object.keys(values));
  const visit = (node: ts.Node): void => {
    const found = node.getText();
    if (ts.isExpression(node) && Object.hasOwn(values, found)) {
      missing.delete(found);
      edits.push({ pos: node.getStart(), end: node.end, text: values[found]! });
    } else ts.forEachChild(node, visit);
  };
  visit(parse('query-core.js', code));
  return { text: edit(code, edits), missing: [...missing] };
}
