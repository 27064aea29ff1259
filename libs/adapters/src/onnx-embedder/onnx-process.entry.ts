import { runOnnxProcess } from './onnx-process';

runOnnxProcess();
