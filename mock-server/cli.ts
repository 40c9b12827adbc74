#!/usr/bin/env node
import { createReferenceServer } from './index.js';

const server = createReferenceServer();
const { url } = await server.start(Number(process.env['PORT'] ?? 4100));
console.log(url);
