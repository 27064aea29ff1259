import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eff1fd',
  '#dfe3fa',
  '#bec6f4',
  '#9aa6ef',
  '#7b8aea',
  '#6677e3',
  '#5365dc',
  '#4152c9',
  '#3747ae',
  '#2c3a90',
];
const gray: MantineColorsTuple = [
  '#fafafa',
  '#f4f4f5',
  '#ebebee',
  '#e2e2e6',
  '#d0d0d7',
  '#a1a1aa',
  '#767680',
  '#5b5b65',
  '#3a3a42',
  '#1b1b1f',
];
const dark: MantineColorsTuple = [
  '#ededf0',
  '#c3c3ca',
  '#a2a2ac',
  '#75757f',
  '#3f3f48',
  '#2d2d34',
  '#212126',
  '#151518',
  '#101012',
  '#0a0a0b',
];

/** One accent colour on neutral greys; the system's own fonts, so that nothing is fetched. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 6 },
  colors: { indigo, gray, dark },
  black: '#1b1b1f',
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8438rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  components: {
    TextInput: { defaultProps: { size: 'sm' } },
    Paper: { defaultProps: { radius: 'lg' } },
    // The first entry takes the focus, as in every menu: without the empty element that would take it instead.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.45 } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } } },
    Table: { defaultProps: { borderColor: 'var(--line)' } },
    Avatar: { defaultProps: { color: 'gray' } },
    Skeleton: { defaultProps: { radius: 'sm' } },
  },
});

/** Secondary text and placeholders dark enough to be read (4.5:1 on every surface). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': gray[7],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-default-border': gray[3],
    '--mantine-color-error': '#c22f2f',
    '--surface-sunken': gray[0],
    '--surface-raised': '#ffffff',
    '--line': gray[2],
    '--accent-text': indigo[7],
    '--accent-soft': indigo[0],
    '--mark': '#fdeeb3',
    '--alarm': '#b5470b',
    '--alarm-text': '#a8410a',
    '--on-alarm': '#ffffff',
    '--note': '#fff8dc',
    '--note-line': '#d9bd58',
    '--note-text': '#4a3d0c',
  },
  dark: {
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[3],
    '--mantine-color-default-border': dark[5],
    '--mantine-color-error': '#ff8f8f',
    '--surface-sunken': dark[8],
    '--surface-raised': '#1a1a1e',
    '--line': '#27272d',
    '--accent-text': indigo[3],
    '--accent-soft': 'rgb(123 138 234 / 16%)',
    '--mark': '#5c4d12',
    '--alarm': '#f59e5b',
    '--alarm-text': '#f7ad74',
    '--on-alarm': '#1b1b1f',
    '--note': '#2b2612',
    '--note-line': '#7a6a28',
    '--note-text': '#efe3b3',
  },
});
