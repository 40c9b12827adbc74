import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { eventOf, obey } from '../serve.js';

const server = createServer();
const io = new Server(server, { transports: ['websocket'], pingInterval: 3_600_000 });
let id = 0;
io.on('connection', (socket) => socket.join('users'));
server.listen(0, () => {
  obey({
    port: server.address().port,
    publish(count, bytes) {
      for (let index = 0; index < count; index++)
        io.to('users').emit('event', eventOf(bytes, id++));
    },
  });
});
