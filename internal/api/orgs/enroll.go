package orgs

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) reinvite(w http.ResponseWriter, r *http.Request) error {
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	failures, err := a.Enroll.ReinviteMembers(r.Context(), user, organization, []id.Member{who})
	if err != nil {
		return err
	}
	if failures[0].Reason != "" {
		return fault.New(fault.Invalid, failures[0].Reason)
	}
	return wire.OK(w)
}

func (a *API) reinviteMany(w http.ResponseWriter, r *http.Request) error {
	user, organization, list, err := chosen(w, r)
	if err != nil {
		return err
	}
	failures, err := a.Enroll.ReinviteMembers(r.Context(), user, organization, list)
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
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	link, err := a.Enroll.MemberLink(r.Context(), user, organization, who)
	if err != nil {
		return err
	}
	return wire.JSON(w, linkBody{"inviteLink", link})
}

type acceptRequest struct {
	Token       string `json:"token"`
	RecoveryKey string `json:"resetPasswordKey"`
}

func (a *API) accept(w http.ResponseWriter, r *http.Request) error {
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	in, err := wire.Decode[acceptRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Enroll.AcceptMember(r.Context(), user, organization, who, in.Token, in.RecoveryKey); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) publicKeys(w http.ResponseWriter, r *http.Request) error {
	user, organization, list, err := chosen(w, r)
	if err != nil {
		return err
	}
	keys, err := a.Enroll.MemberPublicKeys(r.Context(), user, organization, list)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(keys, func(k enroll.PublicKey[id.Member]) memberKeyBody {
		return memberKeyBody{"organizationUserPublicKeyResponseModel", string(k.Row), string(k.User), k.Key}
	})))
}

type memberKeyBody struct {
	Object string `json:"object"`
	ID     string `json:"id"`
	UserID string `json:"userId"`
	Key    string `json:"key"`
}

type keyRequest struct {
	ID  string `json:"id"`
	Key string `json:"key"`
}

func (a *API) confirm(w http.ResponseWriter, r *http.Request) error {
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	in, err := wire.Decode[keyRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Enroll.ConfirmMember(r.Context(), user, organization, enroll.Key[id.Member]{Row: who, Key: in.Key}); err != nil {
		return err
	}
	return wire.OK(w)
}

type keysRequest struct {
	Keys []keyRequest `json:"keys"`
}

func (a *API) confirmMany(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[keysRequest](w, r, wire.BulkBody)
	if err != nil {
		return err
	}
	keys := make([]enroll.Key[id.Member], len(in.Keys))
	for i, k := range in.Keys {
		who, err := id.Parse[id.Member](k.ID)
		if err != nil {
			return fault.Absent()
		}
		keys[i] = enroll.Key[id.Member]{Row: who, Key: k.Key}
	}
	failures, err := a.Enroll.ConfirmMembers(r.Context(), user, organization, keys)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(failures, failureOf)))
}
