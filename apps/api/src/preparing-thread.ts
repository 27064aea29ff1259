import { runPreparingThread } from '@docent/knowledge/preparing-thread';

runPreparingThread();
