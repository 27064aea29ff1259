import type { h as H } from 'preact';

/**
 * Stands in for Preact in the parts that the panel loads when they are used: they draw with the panel's own. A part calls `borrow`
 * before it draws anything.
 */
export let h: typeof H;

export function borrow(panels: typeof H) {
  h = panels;
}

export { h as jsx, h as jsxs };
