module example.com/omise-go

go 1.23
