/** A source whose facts are told apart by their numbers. */
export const handbook = `# Harbour handbook

## Mooring fees

A berth costs 24 euros per night for boats up to ten metres. Larger boats pay 3 euros more per metre.

## Opening hours

The harbour office opens at seven in the morning. On Sundays it opens at ten.
`;
/** Its first section answers this. */
export const question = 'How much does a berth cost per night?';
