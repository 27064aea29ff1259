import { runExtractionChild } from './run-extraction-child';

runExtractionChild();
