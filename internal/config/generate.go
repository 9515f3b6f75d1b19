package config

//go:generate go test -run TestMarkdown -update .
