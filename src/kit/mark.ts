import { html } from 'lit';

/** The text, and in `<mark>` what of it was searched for: without regard to case and accents. */
export function mark(text: string, search: string): unknown[] {
  const letters = [...text];
  const plain = letters.map(fold);
  const all = plain.join('');
  const whole = fold(search.trim());
  const words = all.includes(whole) ? [whole] : whole.split(/\s+/);
  /** For each letter of `plain`, whether it is part of a match. */
  const hits = new Uint8Array(all.length);
  for (const word of words.filter(Boolean)) {
    for (let at = all.indexOf(word); at >= 0; at = all.indexOf(word, at + 1)) {
      hits.fill(1, at, at + word.length);
    }
  }
  const parts: { text: string; hit: boolean }[] = [];
  let at = 0;
  letters.forEach((letter, index) => {
    const last = parts.at(-1);
    const { length } = plain[index]!;
    // An accent that stands by itself goes with its letter.
    const hit = length ? hits[at] === 1 : last?.hit === true;
    at += length;
    if (last?.hit === hit) last.text += letter;
    else parts.push({ text: letter, hit });
  });
  return parts.map((part) => (part.hit ? html`<mark>${part.text}</mark>` : part.text));
}

const fold = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
