export { TranscriptMailJob } from './transcript-mail.job';
export { UnclaimedAttachmentsJob } from './unclaimed-attachments.job';
export { VisitorsModule } from './visitors.module';
