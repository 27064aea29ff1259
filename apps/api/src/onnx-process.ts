import { runOnnxProcess } from '@docent/adapters/onnx-process';

runOnnxProcess();
