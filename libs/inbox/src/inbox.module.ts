import { Module } from '@nestjs/common';
import { ChatModule } from '@docent/chat';
import { KnowledgeModule } from '@docent/knowledge';
import { BriefsRepository } from './briefs.repository';
import { BriefsService } from './briefs.service';
import { CannedRepliesController } from './canned-replies.controller';
import { CannedRepliesRepository } from './canned-replies.repository';
import { DetailsRepository } from './details.repository';
import { FloorController } from './floor.controller';
import { FloorService } from './floor.service';
import { InboxController } from './inbox.controller';
import { InboxRepository } from './inbox.repository';
import { InboxService } from './inbox.service';

@Module({
  imports: [ChatModule, KnowledgeModule],
  controllers: [InboxController, FloorController, CannedRepliesController],
  providers: [BriefsRepository, BriefsService, CannedRepliesRepository, DetailsRepository, FloorService, InboxRepository, InboxService],
})
export class InboxModule {}
