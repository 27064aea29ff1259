import { paymentsTests } from '@docent/ports/testing';
import { NoPayments } from './no-payments';

paymentsTests('nothing for sale', () => new NoPayments());
