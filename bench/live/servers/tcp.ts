// The bound: bytes written to every socket, without frames, rights or positions.
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { eventOf, obey } from '../serve.js';

const sockets = new Set<Socket>();
let id = 0;
// As a WebSocket has it: nothing waits to be sent together.
const server = createServer({ noDelay: true }, (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => socket.destroy());
});
server.listen(0, () => {
  obey({
    port: (server.address() as AddressInfo).port,
    publish(count, bytes) {
      for (let index = 0; index < count; index++) {
        const line = Buffer.from(`${JSON.stringify(eventOf(bytes, id++))}\n`);
        for (const socket of sockets) socket.write(line);
      }
    },
  });
});
