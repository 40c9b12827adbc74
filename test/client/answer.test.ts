import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readError } from '../../src/client/answer.js';

const request = { method: 'GET', url: '/api/users' };
const errorOf = (body: unknown) =>
  readError(Response.json(body, { status: 422, headers: { 'x-request-id': 'r1' } }), request);

describe('refusals in the words of another contract', () => {
  it('are told by status and text where the fields are of other types', async () => {
    const error = await errorOf({
      detail: [{ loc: ['body', 'name'], msg: 'field required' }],
      title: { en: 'Wrong' },
      code: 17,
      requestId: null,
      fieldErrors: 'name',
      formErrors: [7],
    });
    assert.match(error.message, /answered 422 with application\/json: .*field required/);
    const { code, requestId, fieldErrors, formErrors } = error;
    assert.deepEqual(
      { code, requestId, fieldErrors, formErrors },
      { code: 'BAD_REQUEST', requestId: 'r1', fieldErrors: {}, formErrors: [] },
    );
  });

  it('keep what fits', async () => {
    const error = await errorOf({ title: 'Wrong', detail: 5, fieldErrors: { name: ['taken'] } });
    assert.deepEqual([error.message, error.fieldErrors], ['Wrong', { name: ['taken'] }]);
    assert.match((await errorOf(null)).message, /422/);
    assert.match((await errorOf(['no'])).message, /422/);
  });
});
