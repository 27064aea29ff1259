export { BotsService } from './bots.service';
export { ChatModule } from './chat.module';
export { ChatService } from './chat.service';
export { FollowConversation } from './follow-conversation';
