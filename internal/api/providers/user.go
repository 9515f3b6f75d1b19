package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

type userBody struct {
	Object      string   `json:"object"`
	ID          string   `json:"id"`
	UserID      *string  `json:"userId"`
	Type        int      `json:"type"` // 0 admin, 1 service user
	Status      int      `json:"status"`
	Permissions struct{} `json:"permissions"`
	Name        *string  `json:"name"`
	Email       string   `json:"email"`
	reachBody
}

func userOf(object string) func(provider.User) userBody {
	return func(u provider.User) userBody {
		return userBody{
			Object: object, ID: string(u.ID), UserID: text(string(u.User)), Type: typeOf(u.Admin), Status: int(u.Status), Name: text(u.Name),
			Email: u.Email, reachBody: reachOf(u.Reach),
		}
	}
}

// typeOf is the number of a person's type.
func typeOf(admin bool) int {
	if admin {
		return 0
	}
	return 1
}

type failureBody struct {
	Object string `json:"object"`
	ID     string `json:"id"`
	Error  string `json:"error"`
}

func failureOf(f provider.Failure) failureBody {
	return failureBody{"providerBulkConfirmResponseModel", string(f.User), f.Reason}
}

func (a *API) listUsers(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Providers.ListUsers(r.Context(), caller, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, userOf("providerUserUserDetails"))))
}

func (a *API) getUser(w http.ResponseWriter, r *http.Request) error {
	caller, which, who, err := on[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	u, err := a.Providers.FindUser(r.Context(), caller, which, who)
	if err != nil {
		return err
	}
	return wire.JSON(w, userOf("providerUser")(u))
}

// adminOf reads the type of a provider user.
func adminOf(kind *int) (bool, error) {
	if kind == nil || (*kind != 0 && *kind != 1) {
		return false, fault.Field("type", "A person of a provider is an admin or a service user.")
	}
	return *kind == 0, nil
}

type inviteRequest struct {
	Emails []string `json:"emails"`
	Type   *int     `json:"type"`

	Reach *reachRequest `json:"reach"`
}

func (a *API) invite(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[inviteRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	admin, err := adminOf(in.Type)
	if err != nil {
		return err
	}
	reach, err := in.Reach.optional()
	if err != nil {
		return err
	}
	if reach == nil {
		reach = &provider.Reach{}
	}
	if err := a.Enroll.InviteStaff(r.Context(), caller, which, in.Emails, admin, *reach); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) setType(w http.ResponseWriter, r *http.Request) error {
	caller, which, who, err := on[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	in, err := wire.Decode[inviteRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	admin, err := adminOf(in.Type)
	if err != nil {
		return err
	}
	reach, err := in.Reach.optional()
	if err != nil {
		return err
	}
	if err := a.Providers.SetAdmin(r.Context(), caller, which, who, admin, reach); err != nil {
		return err
	}
	return wire.OK(w)
}

type idsRequest struct {
	IDs []string `json:"ids"`
}

// chosen reads who calls, the provider, and the people that the body names.
func chosen(w http.ResponseWriter, r *http.Request) (id.User, id.Provider, []id.ProviderUser, error) {
	caller, which, err := call(r)
	if err != nil {
		return "", "", nil, err
	}
	in, err := wire.Decode[idsRequest](w, r, wire.SmallBody)
	if err != nil {
		return "", "", nil, err
	}
	list, err := id.ParseAll[id.ProviderUser](in.IDs)
	if err != nil {
		return "", "", nil, fault.Absent()
	}
	return caller, which, list, nil
}

func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	caller, which, who, err := on[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	if err := a.Providers.RemoveUser(r.Context(), caller, which, who); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) removeMany(w http.ResponseWriter, r *http.Request) error {
	caller, which, list, err := chosen(w, r)
	if err != nil {
		return err
	}
	failures, err := a.Providers.RemoveUsers(r.Context(), caller, which, list)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(failures, failureOf)))
}

func (a *API) reinvite(w http.ResponseWriter, r *http.Request) error {
	caller, which, who, err := on[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	failures, err := a.Enroll.ReinviteStaff(r.Context(), caller, which, []id.ProviderUser{who})
	if err != nil {
		return err
	}
	if failures[0].Reason != "" {
		return fault.New(fault.Invalid, failures[0].Reason)
	}
	return wire.OK(w)
}

func (a *API) reinviteMany(w http.ResponseWriter, r *http.Request) error {
	caller, which, list, err := chosen(w, r)
	if err != nil {
		return err
	}
	failures, err := a.Enroll.ReinviteStaff(r.Context(), caller, which, list)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(failures, failureOf)))
}

type linkBody struct {
	Object string `json:"object"`
	URL    string `json:"url"`
}

func (a *API) inviteLink(w http.ResponseWriter, r *http.Request) error {
	caller, which, who, err := on[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	link, err := a.Enroll.StaffLink(r.Context(), caller, which, who)
	if err != nil {
		return err
	}
	return wire.JSON(w, linkBody{"inviteLink", link})
}

type acceptRequest struct {
	Token string `json:"token"`
}

func (a *API) accept(w http.ResponseWriter, r *http.Request) error {
	caller, which, who, err := on[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	in, err := wire.Decode[acceptRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Enroll.AcceptStaff(r.Context(), caller, which, who, in.Token); err != nil {
		return err
	}
	return wire.OK(w)
}

type publicKeyBody struct {
	Object string `json:"object"`
	ID     string `json:"id"`
	UserID string `json:"userId"`
	Key    string `json:"key"`
}

func (a *API) publicKeys(w http.ResponseWriter, r *http.Request) error {
	caller, which, list, err := chosen(w, r)
	if err != nil {
		return err
	}
	keys, err := a.Enroll.StaffPublicKeys(r.Context(), caller, which, list)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(keys, func(k enroll.PublicKey[id.ProviderUser]) publicKeyBody {
		return publicKeyBody{"providerUserPublicKeyResponseModel", string(k.Row), string(k.User), k.Key}
	})))
}

type keyRequest struct {
	ID  string `json:"id"`
	Key string `json:"key"`
}

func (a *API) confirm(w http.ResponseWriter, r *http.Request) error {
	caller, which, who, err := on[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	in, err := wire.Decode[keyRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Enroll.ConfirmOneOfStaff(r.Context(), caller, which, enroll.Key[id.ProviderUser]{Row: who, Key: in.Key}); err != nil {
		return err
	}
	return wire.OK(w)
}

type keysRequest struct {
	Keys []keyRequest `json:"keys"`
}

func (a *API) confirmMany(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[keysRequest](w, r, wire.BulkBody)
	if err != nil {
		return err
	}
	keys := make([]enroll.Key[id.ProviderUser], len(in.Keys))
	for i, k := range in.Keys {
		who, err := id.Parse[id.ProviderUser](k.ID)
		if err != nil {
			return fault.Absent()
		}
		keys[i] = enroll.Key[id.ProviderUser]{Row: who, Key: k.Key}
	}
	failures, err := a.Enroll.ConfirmStaff(r.Context(), caller, which, keys)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(failures, failureOf)))
}
