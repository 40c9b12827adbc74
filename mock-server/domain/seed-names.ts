import { dictionaryColumn, joinedColumn } from '../store/columns.js';
import { awkwardEvery, awkwardPeople, ordinaryPeople, type Person } from './people.js';
import { personas } from './personas.js';
import { createRandom, shuffle } from './random.js';

/**
 * Which name and e-mail each number has. Names take turns: each stands once in every round
 * through all of them, and the number of the round keeps the e-mails apart.
 */
export function createSeedNames(seed: number, size: number) {
  const ordinary = shuffle(createRandom(seed), ordinaryPeople());
  const people: Person[] = [
    ...personas.map(({ name, email }) => ({ name, local: email.split('@')[0]! })),
    ...awkwardPeople,
    ...ordinary,
  ];
  const firstAwkward = personas.length;
  const firstOrdinary = firstAwkward + awkwardPeople.length;

  // Sorts and searches read them of everybody, so looking up has to be quicker than dividing.
  const personOf = new Uint16Array(size);
  /** 0 is the domain of the personas, others count the rounds from 1. */
  const roundOf = new Uint32Array(size);
  for (let index = 0; index < size; index += 1) {
    const awkwardBefore = Math.floor(index / awkwardEvery);
    if (index < personas.length) personOf[index] = index;
    else if (index % awkwardEvery === awkwardEvery - 1)
      take(index, awkwardBefore, firstAwkward, awkwardPeople.length);
    else take(index, index - awkwardBefore - personas.length, firstOrdinary, ordinary.length);
  }
  function take(index: number, turn: number, first: number, count: number): void {
    personOf[index] = first + (turn % count);
    roundOf[index] = 1 + Math.floor(turn / count);
  }
  /** The other way round. */
  function indexOf(person: number, round: number): number {
    if (person < firstAwkward) return person;
    if (person < firstOrdinary) {
      const turn = (round - 1) * awkwardPeople.length + person - firstAwkward;
      return turn * awkwardEvery + awkwardEvery - 1;
    }
    const turn = (round - 1) * ordinary.length + person - firstOrdinary + personas.length;
    return turn + Math.floor(turn / (awkwardEvery - 1));
  }

  const names = people.map(({ name }) => name);
  const locals = people.map(({ local }) => local);
  const personOfLocal = new Map(locals.map((local, person) => [local, person]));
  const rounds = roundOf.reduce((most, round) => Math.max(most, round), 0) + 1;
  const tails = Array.from({ length: rounds }, (_, round) => tailOf(round));
  const personAt = (index: number) => personOf[index]!;
  const roundAt = (index: number) => roundOf[index]!;

  return {
    nameColumn: dictionaryColumn('name', names, personAt),
    emailColumn: joinedColumn(locals, tails, personAt, roundAt),
    indexOfEmail(email: string): number | undefined {
      const [, local = '', number = 1] = /^([a-z.]+?)(?:\.(\d+))?@/.exec(email) ?? [];
      const person = personOfLocal.get(local);
      if (person === undefined) return undefined;
      const index = indexOf(person, Number(number));
      const same = index < size && locals[personAt(index)]! + tails[roundAt(index)]! === email;
      return same ? index : undefined;
    },
  };
}

function tailOf(round: number): string {
  if (round === 0) return '@inlay.test';
  return round === 1 ? '@example.com' : `.${round}@example.com`;
}
