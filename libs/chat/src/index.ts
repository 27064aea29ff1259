export { AttachmentFiles } from './attachment-files';
export { BotsService } from './bots.service';
export { ChatModule } from './chat.module';
export { visitorOf } from './chat.repository';
export { ChatService } from './chat.service';
export { FollowConversation } from './follow-conversation';
export { AgentMessages } from './handover/agent-messages';
export { HandoverService } from './handover/handover.service';
