import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod/mini';
import { Day, Email, Id, Timestamp } from '../../src/contract/index.js';

const uuid = '6f1f3c1e-8a0b-4c57-9a55-0d3f0f9f7d11';
const time = '2024-02-29T23:59:59.123Z';

describe('own patterns judge like the formats of zod', () => {
  const cases: [name: string, own: z.ZodMiniType, zod: z.ZodMiniType, texts: string[]][] = [
    ['Id', Id, z.uuid(), [uuid, uuid.toUpperCase(), uuid.slice(1), `${uuid}\n`, '', 'x']],
    [
      'Timestamp',
      Timestamp,
      z.iso.datetime(),
      [
        ...[time, time.replace('.123', ''), time.replace('2024', '2026'), time.replace('Z', '')],
        ...['02-30', '04-31', '13-01', '00-10', '01-00'].map((day) => time.replace('02-29', day)),
        ...['24:00:00', '25:00:00', '10:60:00', '10:00:60', '10:00'].map(
          (clock) => `2026-03-01T${clock}Z`,
        ),
        ...['2026-03-01', '2026-03-01T10:00:00+02:00', '2026-03-01 10:00:00Z'],
      ],
    ],
    ['Day', Day, z.iso.date(), ['2026-03-01', '2026-3-1', '2026-03-01T10:00:00Z', '']],
    [
      'Email',
      Email,
      z.email(),
      [
        ...['a@b.co', "o'neil+x@ex-ample.com", 'A_B-c@D.EF', 'a@b', 'a@b.c', '.a@b.co', 'a.@b.co'],
        ...['a..b@c.de', 'a b@c.de', '\u00e4@b.co', 'a@-b.co', "x'@b.co", 'a@b.co\n', '@b.co', ''],
      ],
    ],
  ];
  for (const [name, own, zod, texts] of cases) {
    it(name, () => {
      for (const text of texts) {
        assert.equal(
          own.safeParse(text).success,
          zod.safeParse(text).success,
          JSON.stringify(text),
        );
      }
    });
  }
});
