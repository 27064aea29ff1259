/** The product's mark: a page that speaks. Decorative; write the name beside it or label its parent. */
export function LogoMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
      <path
        d="M9 9.500A2.500 2.500 0 0 1 11.500 7H15c5 0 8.500 3.600 8.500 9S20 25 15 25h-3.500A2.500 2.500 0 0 1 9 22.500z"
        fill="#fff"
      />
      <path d="M13 13h4.500M13 17h3" stroke="var(--mantine-primary-color-filled)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
