/** The job that looks at an upload a day later. */
export const unclaimedTask = 'unclaimed-attachment';
