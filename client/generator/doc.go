// Package generator makes passwords, passphrases and user names. Every choice is
// drawn without bias from the system's randomness. It owns the rules of the three;
// a policy that asks for more raises the options before they come here.
package generator
