import { controls } from './controls.styles.js';
import { frame } from './frame.styles.js';
import { states } from './states.styles.js';

/** The style sheets of every element; its own come after them. */
export const shared = [frame, controls, states];
