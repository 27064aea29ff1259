import { runLearningThread } from '@docent/adapters/learning-thread';

await runLearningThread();
