package encstring

// KDF says how a client turns the master password into its key.
type KDF struct {
	Type        int  // 0 PBKDF2-SHA256, 1 Argon2id
	Iterations  int  // rounds, or passes of Argon2id
	Memory      *int // MiB, Argon2id only
	Parallelism *int // Argon2id only
}

// The two derivations.
const (
	PBKDF2   = 0
	Argon2id = 1
)

// DefaultKDF is what new accounts use unless they choose otherwise.
func DefaultKDF() KDF { return KDF{Type: PBKDF2, Iterations: 600_000} }

// Problem answers a sentence for a person when the parameters are below the
// floor, above the ceiling or incomplete, and "" when they may be set. The
// bounds are those of the official server: cheaper ones would let whoever holds
// the wrapped key guess passwords faster.
func (k KDF) Problem() string {
	switch k.Type {
	case PBKDF2:
		if k.Iterations < 600_000 || k.Iterations > 2_000_000 {
			return "PBKDF2 needs between 600,000 and 2,000,000 iterations."
		}
		if k.Memory != nil || k.Parallelism != nil {
			return "PBKDF2 takes neither memory nor parallelism."
		}
		return ""
	case Argon2id:
		if k.Iterations < 2 || k.Iterations > 10 {
			return "Argon2id needs between 2 and 10 iterations."
		}
		if k.Memory == nil || *k.Memory < 16 || *k.Memory > 1024 {
			return "Argon2id needs between 16 and 1,024 MiB of memory."
		}
		if k.Parallelism == nil || *k.Parallelism < 1 || *k.Parallelism > 16 {
			return "Argon2id needs a parallelism between 1 and 16."
		}
		return ""
	}
	return "This key derivation is not known."
}

// Equal compares two derivations by value.
func (k KDF) Equal(o KDF) bool {
	return k.Type == o.Type && k.Iterations == o.Iterations && same(k.Memory, o.Memory) && same(k.Parallelism, o.Parallelism)
}

func same(a, b *int) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
