package wire

// Storage tells what files take and may take, in bytes.
type Storage struct {
	Object   string `json:"object"`
	Used     int64  `json:"used"`
	Limit    int64  `json:"limit"`
	OwnLimit bool   `json:"ownLimit"` // false: the limit is that of the server
}

// StorageOf is the body about files of one owner.
func StorageOf(used, limit int64, own bool) Storage { return Storage{"storage", used, limit, own} }
