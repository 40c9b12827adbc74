// `npm run bench:million`: the built server and list over a million people; exits with 1 when a bar is missed.
import { measureAnswers } from './answers.js';
import { measureList } from './list.js';
import { startServer } from './server.js';

const bars = { firstAnswerMs: 300, answerMs: 50, memoryMb: 600, requests: 2, heapGrowthMb: 3 };
const starts = 5;

let missed = 0;
function say(what: string, value: string, bar?: string, met = true): void {
  if (!met) missed += 1;
  console.log(
    `${what.padEnd(52)}${value.padStart(26)}${bar ? `   bar ${bar}${met ? '' : '  MISSED'}` : ''}`,
  );
}
const ms = (time: number) => `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;

const times: number[] = [];
for (let start = 1; start < starts; start += 1) {
  const server = await startServer();
  times.push(server.firstAnswerMs);
  await server.stop();
}
const server = await startServer();
times.push(server.firstAnswerMs);
try {
  const firstAnswer = times.toSorted((a, b) => a - b)[Math.floor(starts / 2)]!;
  say(
    'first answer after the start of the process',
    ms(firstAnswer),
    ms(bars.firstAnswerMs),
    firstAnswer <= bars.firstAnswerMs,
  );
  say('memory of the server, nothing asked yet', `${server.memory().toFixed(0)} MB`);
  for (const { what, coldMs, ms: time, note } of await measureAnswers(server)) {
    const cold = coldMs === undefined ? (note ?? '') : `cold ${ms(coldMs)}`;
    say(
      what,
      `${cold.padEnd(16)}${ms(time).padStart(8)}`,
      ms(bars.answerMs),
      time <= bars.answerMs,
    );
  }
  const memory = server.memory();
  say(
    'memory of the server, all of it asked',
    `${memory.toFixed(0)} MB`,
    `${bars.memoryMb} MB`,
    memory <= bars.memoryMb,
  );

  const list = await measureList(server);
  for (const [what, { requests, ms: time }] of Object.entries({
    'first rows': list.first,
    'jump to the middle': list.middle,
    'Ctrl+End': list.end,
  }))
    say(
      `<user-list>, ${what}`,
      `${requests} requests  ${ms(time)}`,
      `${bars.requests} requests`,
      requests <= bars.requests,
    );
  for (const { rows, mb, nodes } of list.heap)
    say(`<user-list>, ${rows} rows scrolled through`, `${mb.toFixed(1)} MB  ${nodes} nodes`);
  const growth = list.heap.at(-1)!.mb - list.heap.at(-2)!.mb;
  say(
    '<user-list>, growth over the last 90,000 rows',
    `${growth.toFixed(1)} MB`,
    `${bars.heapGrowthMb} MB`,
    growth <= bars.heapGrowthMb,
  );
} finally {
  await server.stop();
}
if (missed > 0) process.exitCode = 1;
