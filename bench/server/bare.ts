// Express and nothing else, with the JSON it is told to answer: the benchmark's yardstick.
import type { AddressInfo } from 'node:net';
import express from 'express';

process.once('message', (json) => {
  const app = express();
  app.get('/', (_request, response) => {
    response.json(json);
  });
  const server = app.listen(0, () => {
    process.send!({
      url: `http://localhost:${(server.address() as AddressInfo).port}/`,
      headers: {},
    });
  });
});
