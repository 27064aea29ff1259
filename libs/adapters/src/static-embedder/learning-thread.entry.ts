import { runLearningThread } from './learning-thread';

await runLearningThread();
