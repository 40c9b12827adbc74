import * as z from 'zod/mini';
import { endpoint } from './endpoint.js';
import { Id } from './entities.js';

export const files = {
  get: endpoint('GET /files/:id', {
    access: 'public',
    summary:
      'A picture, at an address that nobody can guess: it stands in `image` of whom it shows.',
    input: z.object({ id: Id }),
    produces: 'image/*',
  }),
};
