/**
 * JSX for the build: Preact's own `h` takes the children from the properties, so nothing else is needed.
 * No `key` on elements: lists here only grow at their end (see slim-preact.ts).
 */
export { Fragment, h as jsx, h as jsxs } from 'preact';
