const icon = (path: string) => () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);

export const Cross = icon('M6 6l12 12M18 6 6 18');
export const Plus = icon('M12 5v14M5 12h14');
export const ArrowUp = icon('M12 19V5M6 11l6-6 6 6');
export const Square = icon('M8 8h8v8H8z');
export const Back = icon('M15 5l-7 7 7 7');
export const Thumb = icon('M7 11v9H4v-9zl4-8a3 3 0 0 1 3 3v3h5a2 2 0 0 1 2 2l-1.5 7a2 2 0 0 1-2 2H7');
export const Person = icon('M4 21a8 7 0 0 1 16 0M12 4a4 4 0 0 1 0 8 4 4 0 0 1 0-8');
export const Menu = icon('M5 7h14M5 12h14M5 17h14');
export const Clip = icon('M20 11l-8 8a5 5 0 0 1-7-7l8-8a3 3 0 0 1 5 5l-8 7a1 1 0 0 1-2-2l7-6');
