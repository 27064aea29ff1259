import { Module } from '@nestjs/common';
import { AuthModule } from '@docent/auth';
import { BillingModule } from '@docent/billing';
import { ChatModule } from '@docent/chat';
import { AttachmentsController } from './attachments.controller';
import { AttachmentsRepository } from './attachments.repository';
import { AttachmentsService } from './attachments.service';
import { EngagementController } from './engagement.controller';
import { EngagementService } from './engagement.service';
import { IdentitySecretsController } from './identity-secrets.controller';
import { IdentitySecretsRepository } from './identity-secrets.repository';
import { LeadsController } from './leads.controller';
import { LeadsRepository } from './leads.repository';
import { LeadsService } from './leads.service';
import { PublicBots } from './public-bots';
import { TranscriptMailJob } from './transcript-mail.job';
import { TranscriptMailsRepository } from './transcript-mails.repository';
import { TranscriptMailsService } from './transcript-mails.service';
import { UnclaimedAttachmentsJob } from './unclaimed-attachments.job';
import { VisitorErasureController } from './visitor-erasure.controller';
import { VisitorErasureRepository } from './visitor-erasure.repository';
import { VisitorErasureService } from './visitor-erasure.service';
import { VisitorSessionsController } from './visitor-sessions.controller';
import { VisitorSessionsService } from './visitor-sessions.service';
import { VisitorsRepository } from './visitors.repository';
import { VisitsController } from './visits.controller';
import { VisitsRepository } from './visits.repository';
import { VisitsService } from './visits.service';

@Module({
  imports: [AuthModule, BillingModule, ChatModule],
  controllers: [
    AttachmentsController,
    EngagementController,
    IdentitySecretsController,
    LeadsController,
    VisitorErasureController,
    VisitorSessionsController,
    VisitsController,
  ],
  providers: [
    ...[PublicBots, VisitorSessionsService, VisitorsRepository, IdentitySecretsRepository],
    ...[EngagementService, LeadsService, LeadsRepository],
    ...[AttachmentsService, AttachmentsRepository, UnclaimedAttachmentsJob],
    ...[VisitsService, VisitsRepository],
    ...[VisitorErasureService, VisitorErasureRepository],
    ...[TranscriptMailsService, TranscriptMailsRepository, TranscriptMailJob],
  ],
  exports: [TranscriptMailJob, UnclaimedAttachmentsJob],
})
export class VisitorsModule {}
