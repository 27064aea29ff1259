export const testQuestions = {
  keep: 'Keep as test question',
  kept: 'Kept as test question',
  why: 'Test questions show whether search gets better: learning is only taken over when it finds them at least as well as before.',
  question: 'Question',
  source: 'Source that answers it',
  sourcePlaceholder: 'Choose a source',
  sourceNeeded: 'Choose the source that answers it',
  noSource: 'No source of this name',
  quote: 'Words of the passage that answers it',
  quoteHint: 'Optional. Without them, any passage of the source counts as found.',
} as const;
