import { Module } from '@nestjs/common';
import { BillingModule } from '@docent/billing';
import { KnowledgeModule } from '@docent/knowledge';
import { AnswerPreparations } from './answer-preparations';
import { AnswerTurn } from './answer-turn';
import { AskedQuestions } from './asked-questions';
import { AttachmentFiles } from './attachment-files';
import { BotsController } from './bots.controller';
import { BotsRepository } from './bots.repository';
import { BotsService } from './bots.service';
import { ChatController } from './chat.controller';
import { ChatRepository } from './chat.repository';
import { ChatService } from './chat.service';
import { ConversationHub } from './conversation-hub';
import { ConversationsRepository } from './conversations.repository';
import { DraftAnswers } from './draft-answers';
import { EventStreams } from './event-streams';
import { ExtractiveAnswerer } from './extractive-answerer';
import { FollowConversation } from './follow-conversation';
import { AgentMessages } from './handover/agent-messages';
import { GiveWay } from './handover/give-way';
import { HandoverController } from './handover/handover.controller';
import { HandoverMoves } from './handover/handover-moves';
import { HandoverRepository } from './handover/handover.repository';
import { HandoverService } from './handover/handover.service';
import { HandoverSettingsService } from './handover/handover-settings.service';
import { HandoverSweeper } from './handover/handover-sweeper';
import { LostAgents } from './handover/lost-agents';
import { Journal } from './journal';
import { ModelAnswerer } from './model-answerer';
import { ModelSettingsController } from './model-settings.controller';
import { ModelSettingsService } from './model-settings.service';
import { OpenAiCompletions } from './openai-completions';
import { OpenAiController } from './openai.controller';
import { PollConversation } from './poll-conversation';
import { RestartedAnswers } from './restarted-answers';
import { TurnRunner } from './turn-runner';

@Module({
  imports: [BillingModule, KnowledgeModule],
  controllers: [BotsController, ChatController, HandoverController, ModelSettingsController, OpenAiController],
  providers: [
    AgentMessages,
    AnswerPreparations,
    AnswerTurn,
    AskedQuestions,
    AttachmentFiles,
    BotsRepository,
    BotsService,
    ChatRepository,
    ChatService,
    ConversationHub,
    ConversationsRepository,
    DraftAnswers,
    EventStreams,
    ExtractiveAnswerer,
    FollowConversation,
    GiveWay,
    HandoverMoves,
    HandoverRepository,
    HandoverService,
    HandoverSettingsService,
    HandoverSweeper,
    Journal,
    LostAgents,
    ModelAnswerer,
    ModelSettingsService,
    OpenAiCompletions,
    PollConversation,
    RestartedAnswers,
    TurnRunner,
  ],
  exports: [AgentMessages, AttachmentFiles, BotsService, ChatService, DraftAnswers, EventStreams, FollowConversation, HandoverService, ModelSettingsService, TurnRunner],
})
export class ChatModule {}
