package client

import "context"

// Config is what the server says about itself to everybody.
type Config struct {
	Version       string           `json:"version"`
	FeatureStates map[string]any   `json:"featureStates"`
	Kastellan     *KastellanConfig `json:"kastellan"`
}

// KastellanConfig is our own addition; other servers have none.
type KastellanConfig struct {
	Registration string `json:"registration"` // open, invitation, domains or closed
	Mail         bool   `json:"mail"`
	Version      string `json:"version"`
}

// ItemKeys reports whether new items should get a key of their own.
func (c Config) ItemKeys() bool {
	on, _ := c.FeatureStates["cipher-key-encryption"].(bool)
	return on
}

// Config asks the server about itself.
func (c *Client) Config(ctx context.Context) (Config, error) {
	var config Config
	err := c.do(ctx, call{method: "GET", path: "/api/config", out: &config})
	return config, err
}
