/** What the model is told to write where the passages do not answer. Never shown. */
export const noAnswerToken = 'NO_ANSWER';
