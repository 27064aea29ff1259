import { benchSearch } from './search';

await benchSearch();
