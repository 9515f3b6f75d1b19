import type { DeviceId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type { Device, List } from "./wire";

export function devicesApi(http: Http) {
  return {
    list: async (options?: RequestOptions) => (await http.get<List<Device>>("/api/devices", options)).data,
    /** Ends that device's session. */
    remove: (id: DeviceId) => http.delete(`/api/devices/${id}`),
  };
}
