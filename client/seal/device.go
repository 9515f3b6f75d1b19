package seal

// DeviceKeys is what a trusted device, or a passkey, needs to open an account:
// a private key under the device's own key, and the user key to its public half.
type DeviceKeys struct {
	PrivateKey EncString `json:"encryptedPrivateKey"`
	PublicKey  EncString `json:"encryptedPublicKey,omitempty"`
	UserKey    EncString `json:"encryptedUserKey"`
}

// TrustDevice makes the keys with which device can later open user. The public
// key is encrypted as well, so that the server cannot put in one of its own.
func TrustDevice(device, user Key) (DeviceKeys, error) {
	private, err := NewPrivateKey()
	if err != nil {
		return DeviceKeys{}, err
	}
	wrapped, err := private.Public().Encapsulate(user)
	if err != nil {
		return DeviceKeys{}, err
	}
	return DeviceKeys{
		PrivateKey: device.WrapPrivate(private),
		PublicKey:  user.Encrypt(private.Public().DER()),
		UserKey:    wrapped,
	}, nil
}

// Open returns the user key.
func (d DeviceKeys) Open(device Key) (Key, error) {
	private, err := device.UnwrapPrivate(d.PrivateKey)
	if err != nil {
		return Key{}, err
	}
	return private.Decapsulate(d.UserKey)
}
