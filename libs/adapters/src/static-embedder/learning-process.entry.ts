import { runLearningProcess } from './learning-process';

runLearningProcess();
