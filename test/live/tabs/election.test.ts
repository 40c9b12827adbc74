import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createElection } from '../../../src/live/tabs/election.js';
import { SimulatedBrowser } from '../simulated-tabs.js';
import { VirtualClock } from '../virtual-clock.js';

function setUp() {
  const clock = new VirtualClock();
  const browser = new SimulatedBrowser(clock, Math.random);
  const run = () => {
    const tab = browser.open();
    const heard: string[] = [];
    const election = createElection(tab.tabs.locks, 'lead', {
      onWon: () => heard.push('won'),
      onLost: () => heard.push('lost'),
      onUnable: () => heard.push('unable'),
    });
    return { tab, heard, ...election };
  };
  return { clock, browser, first: run(), second: run() };
}

describe('an election', () => {
  it('is won by who stands next when the one before resigns or crashes', async () => {
    for (const leave of ['resign', 'crash'] as const) {
      const { clock, first, second } = setUp();
      first.stand();
      second.stand();
      await clock.advance(10);
      assert.deepEqual([first.heard, second.heard], [['won'], []]);
      if (leave === 'crash') first.tab.crash();
      else first.resign();
      await clock.advance(10);
      assert.deepEqual(second.heard, ['won']);
    }
  });

  it('tells who led that another has seized the lead', async () => {
    const { clock, first, second } = setUp();
    first.stand();
    second.stand();
    await clock.advance(10);
    second.seize();
    await clock.advance(10);
    assert.deepEqual([first.heard, second.heard], [['won', 'lost'], ['won']]);
    first.stand();
    second.resign();
    await clock.advance(10);
    assert.deepEqual(first.heard, ['won', 'lost', 'won']);
  });

  it('is won once by who seizes a lead that was just falling to them', async () => {
    const { clock, browser, first, second } = setUp();
    first.stand();
    second.stand();
    await clock.advance(10);
    first.tab.crash();
    second.seize();
    await clock.advance(10);
    assert.deepEqual(second.heard, ['won']);
    second.resign();
    await clock.advance(10);
    assert.equal(browser.holder('lead'), undefined);
  });

  it('is over for who resigns, even of a lead that was just falling to them', async () => {
    const { clock, browser, first, second } = setUp();
    first.stand();
    second.stand();
    await clock.advance(10);
    first.resign();
    second.resign();
    await clock.advance(10);
    assert.deepEqual([second.heard, browser.holder('lead')], [[], undefined]);
  });
});
