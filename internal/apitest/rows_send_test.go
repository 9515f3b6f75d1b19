package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
)

// ownSend is a row about a fresh Send of the stranger.
func ownSend(suffix string, body func() any, events ...event.Type) row {
	return row{who: only(stranger), events: events, try: func(w *world, _ *person) (string, any) {
		return "/api/sends/" + w.Send(w.T, w.Stranger, m{"authType": 1, "password": "aGFzaA=="}).ID + suffix, body()
	}}
}

// awaitedSend is a row about a Send whose file is announced.
func awaitedSend(body func(w *world) any, events ...event.Type) row {
	return row{who: only(stranger), events: events, try: func(w *world, _ *person) (string, any) {
		made := w.AnnounceSend(w.T, w.Stranger, fileSize)
		return "/api/sends/" + made.ID + "/file/" + made.FileID, body(w)
	}}
}

// received is a row about a Send to which somebody was let in.
func received(send func(w *world) apitest.Sent, path func(apitest.Sent) string, events ...event.Type) row {
	var made apitest.Sent
	return row{
		events: events,
		who: func(w *world) []*person {
			made = send(w)
			return []*person{w.Recipient(w.T, made.AccessID)}
		},
		try: func(*world, *person) (string, any) { return path(made), nil },
	}
}

func sendRows() map[string]row {
	const root = "/api/sends"
	none := func() any { return nil }
	text := func(w *world) apitest.Sent { return w.Send(w.T, w.Stranger) }
	file := func(w *world) apitest.Sent { return w.SendFile(w.T, w.Stranger, apitest.Sealed(fileSize)) }
	inside := func(made apitest.Sent) string { return root + "/access/file/" + made.FileID }
	return map[string]row{
		"GET /api/organizations/{org}/sends/{send}/events": {try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/sends/" + w.Send(w.T, w.User).ID + "/events", nil
		}},
		"GET /api/sends": get(root),
		"POST /api/sends": {events: []event.Type{event.SendCreatedText}, try: func(*world, *person) (string, any) {
			return root, apitest.NewSend()
		}},
		"POST /api/sends/file/v2":             {try: func(*world, *person) (string, any) { return root + "/file/v2", apitest.NewFileSend(fileSize) }},
		"GET /api/sends/{id}":                 ownSend("", none),
		"PUT /api/sends/{id}":                 ownSend("", func() any { return apitest.NewSend(m{"authType": 1}) }, event.SendUpdatedText),
		"DELETE /api/sends/{id}":              ownSend("", none, event.SendDeletedText),
		"PUT /api/sends/{id}/remove-password": ownSend("/remove-password", none, event.SendUpdatedText),
		"PUT /api/sends/{id}/remove-auth":     ownSend("/remove-auth", none, event.SendUpdatedText),
		"POST /api/sends/{id}/file/{file}": awaitedSend(func(w *world) any {
			return apitest.NewUpload(w.T, apitest.Enc(), apitest.Sealed(fileSize))
		}, event.SendCreatedFile),
		"GET /api/sends/{id}/file/{file}":    awaitedSend(func(*world) any { return nil }),
		"POST /api/sends/access":             received(text, func(apitest.Sent) string { return root + "/access" }, event.SendAccessedText),
		"POST /api/sends/access/file/{file}": received(file, inside, event.SendAccessedFile),
		"GET /api/sends/file": {try: func(w *world, _ *person) (string, any) {
			made := file(w)
			return w.Address(w.Must(w.T, w.Recipient(w.T, made.AccessID), http.MethodPost, inside(made), nil).Text(w.T, "url")), nil
		}},
		"POST /api/sends/access/{access}": {events: []event.Type{event.SendAccessedText}, try: func(w *world, _ *person) (string, any) {
			return root + "/access/" + text(w).AccessID, m{}
		}},
		"POST /api/sends/{access}/access/file/{file}": {events: []event.Type{event.SendAccessedFile}, try: func(w *world, _ *person) (string, any) {
			made := file(w)
			return root + "/" + made.AccessID + "/access/file/" + made.FileID, m{}
		}},
	}
}
