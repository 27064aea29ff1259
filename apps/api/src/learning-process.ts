import { runLearningProcess } from '@docent/adapters/learning-process';

runLearningProcess();
