// `npm run bench:server`: a list of 20 people against bare Express, and the time to the first answer.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const rounds = 5;
const secondsPerRound = 2;
const starts = 9;
const bars = { ratio: 0.7, firstAnswerMs: 300 };

interface Target {
  url: string;
  headers: Record<string, string>;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function startChild(
  script: string,
  message?: object,
): Promise<{ child: ChildProcess; target: Target }> {
  const child = fork(here(script), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (message) child.send(message);
  const [target] = (await once(child, 'message')) as [Target];
  return { child, target };
}

async function requestsPerSecond({ url, headers }: Target): Promise<number> {
  const result = await autocannon({ url, headers, connections: 20, duration: secondsPerRound });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${url} gave ${result.non2xx} refusals and ${result.errors} errors. The figures would mean nothing.`,
    );
  }
  return result.requests.average;
}

async function compare(): Promise<number> {
  const inlay = await startChild('inlay.ts');
  const { url, headers } = inlay.target;
  const json = (await (await fetch(url, { headers })).json()) as object;
  const bare = await startChild('bare.ts', json);
  const figures: { inlay: number; bare: number }[] = [];
  // In turns, so that a machine that slows down slows both; the first turn only warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const figure = {
      bare: await requestsPerSecond(bare.target),
      inlay: await requestsPerSecond(inlay.target),
    };
    if (round > 0) figures.push(figure);
  }
  inlay.child.kill();
  bare.child.kill();
  const rates = {
    inlay: median(figures.map((figure) => figure.inlay)),
    bare: median(figures.map((figure) => figure.bare)),
  };
  const ratio = median(figures.map((figure) => figure.inlay / figure.bare));
  console.log(
    `list of 20 people   inlay ${rates.inlay.toFixed(0)}/s   bare Express ${rates.bare.toFixed(0)}/s   ratio ${ratio.toFixed(2)} (bar ${bars.ratio})`,
  );
  return ratio;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** From the start of the process to the first answer of the API, in ms. */
async function firstAnswer(): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [here('../../dist/mock-server/cli.js'), '--port', String(port)],
    { stdio: 'ignore' },
  );
  const ask = () =>
    fetch(`http://localhost:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await ask())) await new Promise((resolve) => setTimeout(resolve, 1));
  const took = performance.now() - began;
  child.kill();
  await once(child, 'exit');
  return took;
}

const times: number[] = [];
for (let start = 0; start < starts; start += 1) times.push(await firstAnswer());
const took = median(times);
console.log(
  `first answer after  ${took.toFixed(0)} ms with 250 people (bar ${bars.firstAnswerMs} ms)`,
);
const ratio = await compare();
if (ratio < bars.ratio || took > bars.firstAnswerMs) process.exitCode = 1;
