export { InviteLink } from "./InviteLink";
