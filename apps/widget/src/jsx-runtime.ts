/**
 * JSX for the build: Preact's own `h` takes the children from the properties, so nothing else is needed and 130 bytes
 * are saved. The price: no `key` on elements (it would be taken for children); entries here are only ever appended.
 */
export { Fragment, h as jsx, h as jsxs } from 'preact';
