package apitest_test

func overviewRows() map[string]row {
	none := func() any { return nil }
	return map[string]row{
		"GET /api/providers/{provider}/overview": inProvider("/overview", none),
		"GET /api/providers/{provider}/people":   inProvider("/people?search=client&status=2&type=0,2&twoStep=false", none),
		"POST /api/providers/{provider}/people/check": inProvider("/people/check", func() any {
			return m{"rows": []any{m{"client": "Example Client", "email": "new@client.example", "type": 2, "groups": []string{}}}}
		}),
	}
}
