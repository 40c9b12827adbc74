import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findViolations } from '../scripts/architecture.js';

function sourcesUnder(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8')]));
}

describe('the architecture', () => {
  it('holds in every source file', () => {
    const files = { ...sourcesUnder('src'), ...sourcesUnder('mock-server') };
    assert.ok(Object.keys(files).length > 0);
    assert.deepEqual(findViolations(files), []);
  });
});

describe('the check of the architecture', () => {
  const breaches: [name: string, file: string, source: string, expected: RegExp][] = [
    [
      'an import against the arrows',
      'src/data/keys.ts',
      "import { x } from '../kit/x.js';",
      /keys\.ts:1 imports src\/kit, which src\/data may not/,
    ],
    [
      'a value where only types may go',
      'src/kit/x.ts',
      "import { createLive } from '../live/index.js';",
      /imports src\/live/,
    ],
    [
      'a dynamic import',
      'src/client/x.ts',
      "const x = await import('../live/x.js');",
      /imports src\/live/,
    ],
    [
      'a re-export',
      'src/contract/x.ts',
      "\nexport * from '../client/x.js';",
      /x\.ts:2 imports src\/client/,
    ],
    [
      'an import type',
      'src/contract/x.ts',
      "type X = import('../data/x.js').X;",
      /imports types of src\/data/,
    ],
    [
      'a package the layer may not know',
      'src/data/keys.ts',
      "import { html } from 'lit';",
      /imports lit, which src\/data may not/,
    ],
    [
      'the source reaching into the server',
      'src/kit/x.ts',
      "import { createApp } from '../../mock-server/http/app.js';",
      /imports mock-server\/http/,
    ],
    [
      'the server reaching past the contract',
      'mock-server/http/x.ts',
      "import { createClient } from '../../src/client/index.js';",
      /imports src\/client/,
    ],
    [
      'Node in the rules that run in browsers too',
      'mock-server/domain/x.ts',
      "import { randomUUID } from 'node:crypto';",
      /imports node:crypto/,
    ],
    [
      'Node in the store',
      'mock-server/store/x.ts',
      "import { setTimeout } from 'node:timers/promises';",
      /imports node:timers/,
    ],
    [
      'Node in what of the live stream runs in browsers too',
      'mock-server/live/x.ts',
      "import { WebSocketServer } from 'ws';",
      /imports ws, which mock-server\/live may not/,
    ],
    [
      'queries bound past the kit',
      'src/elements/x/x.ts',
      "import { useQuery } from '@tanstack/lit-query';",
      /imports @tanstack\/lit-query/,
    ],
    [
      'named imports of zod',
      'src/contract/x.ts',
      "import { z } from 'zod/mini';",
      /import \* as z/,
    ],
    ['full zod', 'src/contract/x.ts', "import * as z from 'zod';", /imports zod, which/],
    ['the DOM in the data layer', 'src/data/x.ts', 'document.title;', /uses document/],
    ['a long file', 'src/kit/x.ts', 'x;\n'.repeat(301), /has 301 lines/],
    ['a folder without a name', 'src/kit/utils/x.ts', '', /named "utils"/],
    ['a folder without rules', 'src/misc/x.ts', "import 'lit';", /in no layer/],
  ];

  for (const [name, file, source, expected] of breaches) {
    it(`reports ${name}`, () => {
      const violations = findViolations({ [file]: source });
      assert.equal(violations.length, 1, violations.join('\n'));
      assert.match(violations[0]!, expected);
    });
  }

  it('accepts what the arrows allow', () => {
    const files = {
      'src/contract/x.ts': "import * as z from 'zod/mini';",
      'src/data/x.ts': "import type { User } from '../contract/index.js'; event.target.window;",
      'src/elements/user-list/user-list.ts': "import { userKeys } from '../../data/index.js';",
      'mock-server/live/ws.ts': "import { WebSocketServer } from 'ws';",
      'mock-server/cli.ts': "import { createApp } from './http/app.js';",
      'src/kit/x.ts': `// Reason for length: one table.\n${'x;\n'.repeat(400)}`,
    };
    assert.deepEqual(findViolations(files), []);
  });
});
