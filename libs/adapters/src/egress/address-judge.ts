import { isPublicAddress } from './is-public-address';

/** Says where connections may go. */
export interface AddressJudge {
  allowsAddress(address: string): boolean;
  /** 0: the protocol's own port. */
  allowsPort(port: number): boolean;
}

/** Web ports; others are where databases and admin pages listen. */
const webPorts = new Set([0, 80, 443, 8080, 8443]);

export const publicInternet: AddressJudge = { allowsAddress: isPublicAddress, allowsPort: (port) => webPorts.has(port) };

/** For addresses that the operator of the installation vouches for. */
export const anywhere: AddressJudge = { allowsAddress: () => true, allowsPort: () => true };
