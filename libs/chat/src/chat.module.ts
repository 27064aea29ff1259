import { Module } from '@nestjs/common';
import { BillingModule } from '@docent/billing';
import { KnowledgeModule } from '@docent/knowledge';
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
import { ExtractiveAnswerer } from './extractive-answerer';
import { FollowConversation } from './follow-conversation';
import { Journal } from './journal';
import { ModelAnswerer } from './model-answerer';
import { ModelSettingsController } from './model-settings.controller';
import { ModelSettingsService } from './model-settings.service';
import { OpenAiCompletions } from './openai-completions';
import { OpenAiController } from './openai.controller';
import { RestartedAnswers } from './restarted-answers';
import { TurnRunner } from './turn-runner';

@Module({
  imports: [BillingModule, KnowledgeModule],
  controllers: [BotsController, ChatController, ModelSettingsController, OpenAiController],
  providers: [
    AnswerTurn,
    AskedQuestions,
    AttachmentFiles,
    BotsRepository,
    BotsService,
    ChatRepository,
    ChatService,
    ConversationHub,
    ConversationsRepository,
    ExtractiveAnswerer,
    FollowConversation,
    Journal,
    ModelAnswerer,
    ModelSettingsService,
    OpenAiCompletions,
    RestartedAnswers,
    TurnRunner,
  ],
  exports: [AttachmentFiles, BotsService, ChatService, FollowConversation],
})
export class ChatModule {}
