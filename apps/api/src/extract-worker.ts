import { runExtractionChild } from '@docent/adapters/extraction-child';

runExtractionChild();
